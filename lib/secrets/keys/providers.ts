import { env } from "@/lib/env";
import type { Algorithm, ProviderName } from "../contract";
import { keyFiles } from "./key-files";
import { kmsKeys } from "./kms";
import { tokenKeys } from "./pkcs11";
import type { KeyProvider } from "./provider";

const PROVIDERS: Record<ProviderName, KeyProvider> = { file: keyFiles, pkcs11: tokenKeys, "aws-kms": kmsKeys };

export const providerOf = ({ provider }: { provider: ProviderName }): KeyProvider => PROVIDERS[provider];

/** The provider and the algorithm of the next key, as they are set. */
export function nextProvider(): { provider: ProviderName; algorithm: Algorithm } {
  const { KEY_PROVIDER: provider, KEY_ALGORITHM } = env();
  return { provider, algorithm: providerOf({ provider }).algorithm ?? KEY_ALGORITHM };
}
