"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { keyringSchema } from "@/lib/secrets/contract";
import { api } from "../http/api";
import { ErrorNotice } from "../http/error-notice";
import { Button } from "../ui/button";
import { Dialog, DialogContent } from "../ui/dialog";
import { useToast } from "../ui/toast";
import { keyringQuery } from "./queries";

/** The minimum version never goes down again, so this asks first. */
export function RefuseKeys({ version, onClose }: { version: number; onClose: () => void }) {
  const t = useTranslations("keys");
  const common = useTranslations("common");
  const client = useQueryClient();
  const { toast } = useToast();
  const refuse = useMutation({
    mutationFn: () => api("/api/platform/keys/minimum", { method: "PUT", body: { version }, schema: keyringSchema }),
    onSuccess: (keyring) => {
      client.setQueryData(keyringQuery.queryKey, keyring);
      toast({ title: t("refused", { version }) });
      onClose();
    },
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t("refuseTitle", { version })}
        description={t("refuseText")}
        footer={
          <>
            <Button onClick={onClose}>{common("cancel")}</Button>
            <Button variant="danger" pending={refuse.isPending} onClick={() => refuse.mutate()}>
              {t("refuse")}
            </Button>
          </>
        }
      >
        {refuse.isError ? <ErrorNotice error={refuse.error} /> : null}
      </DialogContent>
    </Dialog>
  );
}
