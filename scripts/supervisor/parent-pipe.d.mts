export function whenParentIsGone(onGone: () => void): void;
