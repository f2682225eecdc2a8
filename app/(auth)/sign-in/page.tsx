import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PasskeySignIn } from "@/components/account/passkey-sign-in";
import { safeNext } from "@/components/tenant/safe-next";
import { SignInForm } from "@/components/tenant/sign-in-form";
import { Notice } from "@/components/ui/severity";
import { AppError } from "@/lib/errors";
import {
  authProviderId,
  currentMe,
  passkeysPossible,
  providerOfTenant,
  resolveTenant,
  signInMethods,
} from "@/lib/tenancy";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.signIn");
  return { title: t("title") };
}

type Props = { searchParams: Promise<{ next?: string; callbackUrl?: string; error?: string; tenant?: string }> };

/** Whether a session is enough for the tenant that the address names; for one that it cannot enter, there is another way. */
async function enters(tenant: string): Promise<boolean> {
  return resolveTenant(tenant).then(
    () => true,
    // It leads to where that is shown.
    (error: unknown) => error instanceof AppError && error.code === "second_factor_required",
  );
}

export default async function SignInPage({ searchParams }: Props) {
  const [{ next, callbackUrl, error, tenant }, t, me] = await Promise.all([
    searchParams,
    getTranslations("auth.signIn"),
    currentMe().catch(() => null),
  ]);
  const found = typeof tenant === "string" ? await providerOfTenant(tenant) : null;
  const destination = safeNext(next ?? callbackUrl ?? (found ? `/${found.tenantSlug}` : undefined));
  if (me && (!found || (await enters(found.tenantSlug)))) redirect(destination);
  const { oidc, password } = signInMethods();
  const passkeys = passkeysPossible();
  const service = found && { id: authProviderId(found.id), name: found.name };
  return (
    <>
      <div>
        <h1 className="text-24 font-semibold">{t("title")}</h1>
        <p className="mt-1 text-soft">{t("lead")}</p>
      </div>
      {me ? (
        <Notice level="info" title={t("required")}>
          {t("requiredText", { name: me.name })}
        </Notice>
      ) : null}
      <SignInForm oidc={oidc} service={service} password={password} next={destination} error={error ?? null} />
      {passkeys.possible ? <PasskeySignIn origin={passkeys.origin} next={destination} /> : null}
    </>
  );
}
