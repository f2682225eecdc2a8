import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { Algorithm, ProviderName } from "../contract";
import { keyFiles } from "./key-files";
import { tokenKeys } from "./pkcs11";
import type { KeyProvider } from "./provider";

const PROVIDERS: Partial<Record<ProviderName, KeyProvider>> = { file: keyFiles, pkcs11: tokenKeys };

export function providerOf({ provider }: { provider: ProviderName }): KeyProvider {
  const found = PROVIDERS[provider];
  if (!found) throw new AppError("not_ready", `There is no key provider ${provider}.`);
  return found;
}

/** The provider and the algorithm of the next key, as they are set. */
export function nextProvider(): { provider: ProviderName; algorithm: Algorithm } {
  const { KEY_PROVIDER: provider, KEY_ALGORITHM } = env();
  return { provider, algorithm: providerOf({ provider }).algorithm ?? KEY_ALGORITHM };
}
