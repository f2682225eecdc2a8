"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { api } from "../http/api";
import { FormDialog } from "../http/form-dialog";
import { Button } from "../ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { useToast } from "../ui/toast";

/** For somebody who lost all of theirs and belongs to several tenants: an admin of one may not do that for the others. */
export function ResetFactors() {
  const t = useTranslations("platform.factors");
  const [open, setOpen] = useState(false);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardBody className="grid justify-items-start gap-3">
        <p className="text-soft">{t("text")}</p>
        <Button onClick={() => setOpen(true)}>{t("open")}</Button>
        {open ? <ResetDialog onClose={() => setOpen(false)} /> : null}
      </CardBody>
    </Card>
  );
}

function ResetDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("platform.factors");
  const form = useId();
  const { toast } = useToast();
  const [email, setEmail] = useState("");
  const [again, setAgain] = useState("");
  const same = email.trim() !== "" && email.trim().toLowerCase() === again.trim().toLowerCase();
  const reset = useMutation({
    mutationFn: () => api("/api/platform/second-factor-resets", { method: "POST", body: { email: email.trim() } }),
    onSuccess: () => {
      toast({ title: t("done", { email: email.trim() }) });
      onClose();
    },
  });
  return (
    <FormDialog
      title={t("title")}
      description={t("warning")}
      act={reset}
      submit={t("confirm")}
      danger
      disabled={!same}
      onSubmit={() => reset.mutate()}
      onClose={onClose}
    >
      <FormField id={`${form}-email`} label={t("email")}>
        {(control) => (
          <Input
            {...control}
            type="email"
            required
            value={email}
            autoComplete="off"
            onChange={({ target }) => setEmail(target.value)}
          />
        )}
      </FormField>
      <FormField id={`${form}-again`} label={t("again")}>
        {(control) => (
          <Input
            {...control}
            type="email"
            required
            value={again}
            autoComplete="off"
            onChange={({ target }) => setAgain(target.value)}
          />
        )}
      </FormField>
    </FormDialog>
  );
}
