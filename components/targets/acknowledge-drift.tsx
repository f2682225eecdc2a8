"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import type { TargetDto } from "@/lib/targets/contract";
import { useFailureToast } from "../http/failure-toast";
import { useTenant } from "../http/tenant-context";
import { Button, type ButtonProps } from "../ui/button";
import { useToast } from "../ui/toast";
import { acknowledgeDrift, targetsQuery } from "./queries";

type AcknowledgeProps = { target: Pick<TargetDto, "id" | "drift"> } & Pick<ButtonProps, "size" | "variant">;

/** Seen, and left so for now: it leaves every page but the target's own, for everybody, until the file changes again. */
export function AcknowledgeDrift({ target, ...props }: AcknowledgeProps) {
  const t = useTranslations("targets");
  const tenant = useTenant();
  const client = useQueryClient();
  const { toast } = useToast();
  const acknowledge = useMutation({
    mutationFn: () => acknowledgeDrift(tenant, target.id),
    onSuccess: () => toast({ title: t("acknowledgedNow") }),
    onError: useFailureToast(),
    onSettled: () => client.invalidateQueries({ queryKey: targetsQuery(tenant).queryKey }),
  });
  if (!tenant.can("configuration:publish") || target.drift.acknowledged) return null;
  return (
    <Button
      {...props}
      pending={acknowledge.isPending}
      onClick={() => acknowledge.mutate()}
      title={t("acknowledgeHint")}
    >
      <Check aria-hidden />
      {t("acknowledge")}
    </Button>
  );
}
