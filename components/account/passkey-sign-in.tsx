"use client";

import { useMutation } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import { passkeysHere, showPasskey, wasTurnedDown } from "../http/passkey";
import { Button } from "../ui/button";
import { Notice } from "../ui/severity";

/** Signs in with a passkey alone. `origin`: where they work; elsewhere the button says so when it is pressed. */
export function PasskeySignIn({ origin, next }: { origin: string; next: string }) {
  const t = useTranslations("second-factor.signIn");
  const router = useRouter();
  const enter = useMutation({
    mutationFn: async () => {
      if (!passkeysHere(origin)) throw new Error("elsewhere");
      const response = JSON.stringify(await showPasskey("/api/auth/passkey-options"));
      const answer = await signIn("passkey", { response, redirect: false });
      if (!answer?.ok) throw new Error("refused");
    },
    onSuccess: () => {
      router.replace(next);
      router.refresh();
    },
  });
  const why = () => {
    if (enter.error?.message === "elsewhere") return t("elsewhere", { origin });
    return wasTurnedDown(enter.error) ? t("turnedDown") : t("refused");
  };
  return (
    <div className="grid gap-3">
      {enter.isError ? (
        <Notice level="critical" role="alert">
          {why()}
        </Notice>
      ) : null}
      <Button pending={enter.isPending} onClick={() => enter.mutate()}>
        <KeyRound aria-hidden />
        {t("button")}
      </Button>
    </div>
  );
}
