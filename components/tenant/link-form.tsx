"use client";

import { useRouter } from "next/navigation";
import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../ui/button";
import { Notice } from "../ui/severity";
import { useSignInError } from "./sign-in-form";
import { useLinkToken } from "./use-link-token";

/** Spends the one-time link on a press, never on load: scanners and previews open links too. */
export function LinkForm({ provider, next }: { provider: string; next: string }) {
  const t = useTranslations("auth.link");
  const token = useLinkToken();
  const router = useRouter();
  const explain = useSignInError();
  const [failure, setFailure] = useState<string | null>(null);
  const [pending, setPending] = useState(false);

  const onPress = async () => {
    if (!token) return;
    setPending(true);
    setFailure(null);
    const answer = await signIn(provider, { token, redirect: false }).catch(() => undefined);
    if (answer?.ok) {
      router.replace(next);
      router.refresh();
      return;
    }
    setPending(false);
    setFailure(answer?.error === "CredentialsSignin" ? "Link" : (answer?.error ?? "Default"));
  };

  if (token === null) return <Notice level="warning">{t("missing")}</Notice>;
  return (
    <div className="grid gap-4">
      <p className="text-soft">{t("text")}</p>
      {failure ? (
        <Notice level="critical" role="alert">
          {explain(failure)}
        </Notice>
      ) : null}
      <Button variant="primary" className="w-full" pending={pending} disabled={!token} onClick={onPress}>
        {t("submit")}
      </Button>
    </div>
  );
}
