import { loadSsh2, type ParsedKey } from './package.ts'

/** Reads a key file; returns `undefined` or an error if it holds no key. */
export function parseKey(data: Buffer, passphrase?: string): ParsedKey | Error | undefined {
  return [loadSsh2().parseKey(data, passphrase)].flat()[0]
}

/** Makes a private key, as the text of a file. */
export function generateKey(type: string, options: { bits?: number; comment: string }): string {
  return loadSsh2().generateKeyPairSync(type, options).private
}
