"use client";

import { useQuery } from "@tanstack/react-query";
import { signOut } from "next-auth/react";
import { useTranslations } from "next-intl";
import { stepUpDtoSchema } from "@/lib/tenancy/second-factor/contract";
import { Button } from "../ui/button";
import { Dialog, DialogContent } from "../ui/dialog";
import { api } from "./api";
import { Loaded } from "./loaded";
import { ProofForm } from "./proof-form";

export function StepUpDialog({ open, onEnd }: { open: boolean; onEnd: (proven: boolean) => void }) {
  const t = useTranslations("second-factor");
  const query = useQuery({
    queryKey: ["me", "step-up"],
    queryFn: ({ signal }) => api("/api/me/step-up", { schema: stepUpDtoSchema, signal }),
    enabled: open,
    staleTime: 0,
  });
  const signInAgain = () => {
    const here = window.location.pathname + window.location.search;
    void signOut({ callbackUrl: `/sign-in?next=${encodeURIComponent(here)}` });
  };
  return (
    <Dialog open={open} onOpenChange={(next) => (next ? undefined : onEnd(false))}>
      <DialogContent title={t("stepUp.title")} description={t("stepUp.text")}>
        <Loaded query={query} rows={2}>
          {({ methods }) =>
            methods.length > 0 ? (
              <ProofForm methods={methods} onDone={() => onEnd(true)} />
            ) : (
              <div className="grid gap-3">
                <p>{t("stepUp.signInAgainText")}</p>
                <Button variant="primary" onClick={signInAgain}>
                  {t("stepUp.signInAgain")}
                </Button>
              </div>
            )
          }
        </Loaded>
      </DialogContent>
    </Dialog>
  );
}
