"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { expectationsQuery } from "../editor/queries";
import { useErrorText } from "../http/error-text";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { useToast } from "../ui/toast";
import { newExpectation, sameExpectation } from "./new-expectation";
import { deleteExpectation, writeExpectation } from "./queries";

type SaveExpectationProps = {
  labels: Readonly<Record<string, string>>;
  /** Where the alert goes, which is what shall stay true; asked for when the button is pressed. */
  receiversOf: () => readonly string[] | Promise<readonly string[]>;
};

/** One click: what the alert does now is expected from now on, under a name of its own. Undone as easily. */
export function SaveExpectation({ labels, receiversOf }: SaveExpectationProps) {
  const t = useTranslations("tester");
  const tenant = useTenant();
  const client = useQueryClient();
  const errorText = useErrorText();
  const { toast } = useToast();
  const list = expectationsQuery(tenant);
  const refresh = () => client.invalidateQueries({ queryKey: list.queryKey });
  const failed = (error: unknown) => {
    const { title, detail } = errorText(error);
    toast({ level: "critical", title, ...(detail && { description: detail }) });
  };
  const undo = useMutation({
    mutationFn: (id: string) => deleteExpectation(tenant, id),
    onSettled: refresh,
    onError: failed,
  });
  const save = useMutation({
    mutationFn: async () => {
      const [receivers, known] = await Promise.all([receiversOf(), client.fetchQuery({ ...list, staleTime: 0 })]);
      if (receivers.length === 0) return null;
      const same = sameExpectation(labels, receivers, known);
      if (same) return { saved: same, isNew: false };
      return { saved: await writeExpectation(tenant, newExpectation(labels, receivers, known), null), isNew: true };
    },
    onSuccess: async (result) => {
      if (!result) return toast({ level: "warning", title: t("nobodyToExpect") });
      await refresh();
      const { saved, isNew } = result;
      const { name } = saved.expectation;
      if (!isNew) return toast({ level: "info", title: t("expectedAlready", { name }) });
      toast({
        level: "success",
        title: t("expectation.saved", { name }),
        action: { label: t("undo"), onSelect: () => undo.mutate(saved.id) },
      });
    },
    onError: failed,
  });
  if (!tenant.can("configuration:edit")) return null;
  return (
    <Button size="sm" pending={save.isPending} onClick={() => save.mutate()}>
      {t("saveAs")}
    </Button>
  );
}
