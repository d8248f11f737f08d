/**
 * Calls by which vaults have been emptied or taken over, so that a refusal can say what it was. The
 * table only names things: what it does not list is refused as well.
 */
import { toFunctionSelector } from 'viem/utils';

/** What is meant, as a page says it. */
export const callKinds = {
  approval: 'an approval: it lets somebody else move the tokens later',
  'pull-transfer': 'a transfer of tokens out of an account that need not be this one',
  'signed-transfer': 'a transfer that somebody allowed by a signature',
  'proxy-upgrade': 'a proxy upgrade: it replaces the code of a contract',
  'delegate-call': 'a call on order: the contract runs what it is told to',
  multicall: 'several calls in one',
  ownership: 'a change of who owns or governs a contract',
  supply: 'minting or burning of tokens',
} as const;
export type CallKind = keyof typeof callKinds;

const signatures: Readonly<Record<CallKind, readonly string[]>> = {
  approval: [
    'approve(address,uint256)',
    'increaseAllowance(address,uint256)',
    'decreaseAllowance(address,uint256)',
    'increaseApproval(address,uint256)',
    'decreaseApproval(address,uint256)',
    'approveAndCall(address,uint256,bytes)',
    'setApprovalForAll(address,bool)',
    // EIP-2612, and the form that DAI had before it.
    'permit(address,address,uint256,uint256,uint8,bytes32,bytes32)',
    'permit(address,address,uint256,uint256,bool,uint8,bytes32,bytes32)',
    // Permit2.
    'approve(address,address,uint160,uint48)',
    'permit(address,((address,uint160,uint48,uint48),address,uint256),bytes)',
  ],
  'pull-transfer': [
    'transferFrom(address,address,uint256)',
    'transferFrom(address,address,uint160,address)',
    'safeTransferFrom(address,address,uint256)',
    'safeTransferFrom(address,address,uint256,bytes)',
    'safeTransferFrom(address,address,uint256,uint256,bytes)',
    'safeBatchTransferFrom(address,address,uint256[],uint256[],bytes)',
  ],
  'signed-transfer': [
    // EIP-3009.
    'transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)',
    'transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)',
    'receiveWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)',
    'receiveWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)',
  ],
  'proxy-upgrade': [
    'upgradeTo(address)',
    'upgradeToAndCall(address,bytes)',
    'upgrade(address,address)',
    'upgradeAndCall(address,address,bytes)',
    'changeAdmin(address)',
    'changeProxyAdmin(address,address)',
    'setImplementation(address)',
    'changeMasterCopy(address)',
    'initialize()',
    'initialize(address)',
  ],
  'delegate-call': [
    // Safe; its operation 1 is a delegate call, by which the code of a wallet was replaced in 2025.
    'execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)',
    'execTransactionFromModule(address,uint256,bytes,uint8)',
    'execTransactionFromModuleReturnData(address,uint256,bytes,uint8)',
    'execute(address,uint256,bytes)',
    'execute(address,uint256,bytes,uint8)',
    'execute(bytes32,bytes)',
    'executeUserOp((address,uint256,bytes,bytes,bytes32,uint256,bytes32,bytes,bytes),bytes32)',
    'functionDelegateCall(address,bytes)',
    'delegatecall(address,bytes)',
  ],
  multicall: [
    'multicall(bytes[])',
    'multicall(uint256,bytes[])',
    'multicall(bytes32,bytes[])',
    'aggregate((address,bytes)[])',
    'tryAggregate(bool,(address,bytes)[])',
    'aggregate3((address,bool,bytes)[])',
    'aggregate3Value((address,bool,uint256,bytes)[])',
    'multiSend(bytes)',
    'executeBatch(address[],bytes[])',
    'executeBatch(address[],uint256[],bytes[])',
    'executeBatch((address,uint256,bytes)[])',
    'execute(bytes,bytes[])',
    'execute(bytes,bytes[],uint256)',
  ],
  ownership: [
    'transferOwnership(address)',
    'acceptOwnership()',
    'renounceOwnership()',
    'grantRole(bytes32,address)',
    'revokeRole(bytes32,address)',
    'renounceRole(bytes32,address)',
    'addOwnerWithThreshold(address,uint256)',
    'removeOwner(address,address,uint256)',
    'swapOwner(address,address,address)',
    'changeThreshold(uint256)',
    'enableModule(address)',
    'setGuard(address)',
    'setFallbackHandler(address)',
  ],
  supply: [
    'mint(address,uint256)',
    'burn(uint256)',
    'burn(address,uint256)',
    'burnFrom(address,uint256)',
  ],
};

export type KnownCall = { kind: CallKind; signature: string };

/** By selector, the first four bytes of the Keccak-256 of the signature (ABI specification). */
export const knownCalls: ReadonlyMap<string, KnownCall> = new Map(
  (Object.entries(signatures) as [CallKind, readonly string[]][]).flatMap(([kind, all]) =>
    all.map((signature) => [toFunctionSelector(signature), { kind, signature }] as const),
  ),
);

/** The code of a decoder's refusal for a known call, such as `call-approval`. */
export const callDetail = (kind: CallKind): string => `call-${kind}`;

/** What a decoder's refusal was about, for a page; null where no known call was refused. */
export function callOfDetail(detail: string): string | null {
  const kinds = Object.entries(callKinds) as [CallKind, string][];
  return kinds.find(([kind]) => callDetail(kind) === detail)?.[1] ?? null;
}
