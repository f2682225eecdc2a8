"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { keyringSchema } from "@/lib/secrets/contract";
import { api } from "../http/api";
import { FormDialog } from "../http/form-dialog";
import { useToast } from "../ui/toast";
import { keyringQuery } from "./queries";

/** The minimum version never goes down again, so this asks first. */
export function RefuseKeys({ version, onClose }: { version: number; onClose: () => void }) {
  const t = useTranslations("keys");
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
    <FormDialog
      title={t("refuseTitle", { version })}
      description={t("refuseText")}
      act={refuse}
      submit={t("refuse")}
      danger
      onSubmit={() => refuse.mutate()}
      onClose={onClose}
    />
  );
}
