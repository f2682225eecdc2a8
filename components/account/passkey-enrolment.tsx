"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { type Enrolled, enrolledSchema } from "@/lib/tenancy/second-factor/contract";
import { api } from "../http/api";
import { ErrorNotice } from "../http/error-notice";
import { makePasskey, wasTurnedDown } from "../http/passkey";
import { Button } from "../ui/button";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { Notice } from "../ui/severity";

const PATH = "/api/me/second-factor/passkeys";

export function PasskeyEnrolment({ onDone }: { onDone: (enrolled: Enrolled) => void }) {
  const t = useTranslations("second-factor.passkey");
  const add = useMutation({
    mutationFn: async (name: string) => {
      const response = await makePasskey(PATH);
      return api(PATH, { method: "PUT", body: { name, response }, schema: enrolledSchema });
    },
    onSuccess: onDone,
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    add.mutate(String(new FormData(event.currentTarget).get("name")));
  };
  return (
    <form onSubmit={onSubmit} className="grid gap-3">
      <p>{t("text")}</p>
      {add.isError ? <Failure error={add.error} /> : null}
      <FormField id="passkey-name" label={t("name")} hint={t("nameHint")}>
        {(control) => <Input {...control} name="name" defaultValue={t("defaultName")} maxLength={60} required />}
      </FormField>
      <Button type="submit" variant="primary" pending={add.isPending}>
        {t("submit")}
      </Button>
    </form>
  );
}

function Failure({ error }: { error: Error }) {
  const t = useTranslations("second-factor.passkey");
  const known = error.name === "InvalidStateError" ? t("known") : wasTurnedDown(error) ? t("turnedDown") : null;
  if (known === null) return <ErrorNotice error={error} />;
  return (
    <Notice level="warning" role="alert">
      {known}
    </Notice>
  );
}
