"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId } from "react";
import type { z } from "zod";
import { invitationSchema, ROLES } from "@/lib/tenancy/contract";
import { api } from "../http/api";
import { FormDialog } from "../http/form-dialog";
import { useTenant } from "../http/tenant-context";
import { CopyField } from "../ui/copy-field";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { ExactTime } from "../ui/time";
import { MailChoice } from "./mail-choice";
import { membersQuery } from "./member-queries";

export function AddMember({ mails, onClose }: { mails: boolean; onClose: () => void }) {
  const t = useTranslations("settings.members");
  const common = useTranslations("common");
  const roles = useTranslations("tenant.roles");
  const hints = useTranslations("tenant.roleHints");
  const tenant = useTenant();
  const client = useQueryClient();
  const form = useId();
  const add = useMutation({
    mutationFn: (body: { name: string; email: string; role: string; mail?: { language: string } }) =>
      api(tenant.endpoint("members"), { method: "POST", body, schema: invitationSchema }),
    // Also when only the mail failed: the person is invited then.
    onSettled: () => client.invalidateQueries({ queryKey: membersQuery(tenant).queryKey }),
  });

  const onSubmit = (data: FormData) => {
    const text = (name: string) => String(data.get(name));
    const mail = data.get("mail") ? { mail: { language: text("language") } } : {};
    add.mutate({ name: text("name"), email: text("email"), role: text("role"), ...mail });
  };

  const made = add.data;
  return (
    <FormDialog
      title={made ? t("added", { name: made.member.name }) : t("add")}
      description={t("addText")}
      act={add}
      submit={common("add")}
      onSubmit={onSubmit}
      onClose={onClose}
      made={made ? <Made invitation={made} /> : null}
    >
      <FormField id={`${form}-name`} label={t("name")}>
        {(control) => <Input {...control} name="name" required autoComplete="off" />}
      </FormField>
      <FormField id={`${form}-email`} label={t("email")}>
        {(control) => <Input {...control} name="email" type="email" required autoComplete="off" />}
      </FormField>
      <FormField id={`${form}-role`} label={t("role")}>
        {(control) => (
          <Select {...control} name="role" defaultValue="editor">
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {roles(role)}: {hints(role)}
              </option>
            ))}
          </Select>
        )}
      </FormField>
      {mails ? <MailChoice id={form} /> : null}
    </FormDialog>
  );
}

function Made({ invitation: { member, mailed, link, expiresAt } }: { invitation: z.infer<typeof invitationSchema> }) {
  const t = useTranslations("settings.members");
  const people = useTranslations("people");
  if (mailed) return <p className="text-soft">{people("mailed", { email: member.email })}</p>;
  return (
    <div className="grid gap-2">
      <p className="text-soft">{t(expiresAt ? "linkText" : "knownText", { name: member.name })}</p>
      <CopyField value={link} label={t(expiresAt ? "link" : "address")} />
      {expiresAt ? (
        <p className="text-12 text-muted">
          {t("linkEnds")} <ExactTime value={expiresAt} />
        </p>
      ) : null}
    </div>
  );
}
