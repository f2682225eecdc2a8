"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FileInput } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { chooseChange } from "../editor/session";
import { useFailureToast } from "../http/failure-toast";
import { useTenant } from "../http/tenant-context";
import { Button, type ButtonProps } from "../ui/button";
import { importFromTarget, type PlaceAt } from "./queries";

/** What lies at a target becomes a change: nothing of it is lost, and it can be published as it is or edited. */
export function ImportButton({ place, ...props }: { place: PlaceAt } & Pick<ButtonProps, "size" | "variant">) {
  const t = useTranslations("targets");
  const tenant = useTenant();
  const client = useQueryClient();
  const router = useRouter();
  const take = useMutation({
    mutationFn: () => importFromTarget(tenant, place),
    onSuccess: async ({ change }) => {
      chooseChange(tenant, client, change.id);
      await client.invalidateQueries({ queryKey: ["tenant", tenant.slug, "changes"] });
      router.push(tenant.href(`changes/${change.id}`));
    },
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
