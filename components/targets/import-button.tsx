"use client";

import { useMutation } from "@tanstack/react-query";
import { FileInput } from "lucide-react";
import { useTranslations } from "next-intl";
import { useShowChange } from "../editor/use-show-change";
import { useFailureToast } from "../http/failure-toast";
import { useTenant } from "../http/tenant-context";
import { Button, type ButtonProps } from "../ui/button";
import { importFromTarget, type PlaceAt } from "./queries";

/** What lies at a target becomes a change: nothing of it is lost, and it can be published as it is or edited. */
export function ImportButton({ place, ...props }: { place: PlaceAt } & Pick<ButtonProps, "size" | "variant">) {
  const t = useTranslations("targets");
  const tenant = useTenant();
  const show = useShowChange();
  const take = useMutation({
    mutationFn: () => importFromTarget(tenant, place),
    onSuccess: ({ change }) => show(change),
    onError: useFailureToast(),
  });
  if (!tenant.can("configuration:edit")) return null;
  return (
    <Button {...props} pending={take.isPending} onClick={() => take.mutate()}>
      <FileInput aria-hidden />
      {t("importIt")}
    </Button>
  );
}
