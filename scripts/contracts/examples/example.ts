/** Documents by file name. */
export type Examples<T> = Readonly<Record<string, T>>;

/** What a function is given, and the answer it must give. */
export type Answered<Input, Answer> = { input: Input; expected: Answer };
