"use client";

import { useRouter } from "next/navigation";
import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../ui/button";
import { Notice } from "../ui/severity";
import { useSignInError } from "./sign-in-form";

/** Spends the one-time link on a press, never on load: scanners and previews open links too. */
export function LinkForm({ provider, token, next }: { provider: string; token: string; next: string }) {
  const t = useTranslations("auth.link");
  const router = useRouter();
  const explain = useSignInError();
  const [failure, setFailure] = useState<string | null>(null);
  const [pending, setPending] = useState(false);

  const onPress = async () => {
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

  return (
    <div className="grid gap-4">
      {failure ? (
        <Notice level="critical" role="alert">
          {explain(failure)}
        </Notice>
      ) : null}
      <Button variant="primary" className="w-full" pending={pending} onClick={onPress}>
        {t("submit")}
      </Button>
    </div>
  );
}
