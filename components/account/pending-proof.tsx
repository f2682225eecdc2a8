"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { StepUpDto } from "@/lib/tenancy/second-factor/contract";
import { leave } from "../http/leave";
import { ProofForm } from "../http/proof-form";
import { Button } from "../ui/button";
import { Notice } from "../ui/severity";

type Props = { methods: StepUpDto["methods"]; email: string; next: string };

/** Between the password and the app. */
export function PendingProof({ methods, email, next }: Props) {
  const t = useTranslations("second-factor");
  const router = useRouter();
  const onDone = () => {
    router.replace(next);
    router.refresh();
  };
  return (
    <>
      <div>
        <h1 className="text-24 font-semibold">{t("title")}</h1>
        <p className="mt-1 text-soft">{t("pending.text", { email })}</p>
      </div>
      {methods.length > 0 ? (
        <ProofForm methods={methods} onDone={onDone} />
      ) : (
        <Notice level="warning">{t("pending.none")}</Notice>
      )}
      <p className="text-12 text-muted">{t("pending.help")}</p>
      <Button variant="quiet" onClick={() => leave("/sign-in")}>
        {t("pending.signOut")}
      </Button>
    </>
  );
}
