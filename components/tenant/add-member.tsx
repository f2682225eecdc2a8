"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId } from "react";
import { invitationSchema, ROLES } from "@/lib/tenancy/contract";
import { api } from "../http/api";
import { ErrorNotice } from "../http/error-notice";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { CopyField } from "../ui/copy-field";
import { Dialog, DialogContent } from "../ui/dialog";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { ExactTime } from "../ui/time";
import { MailChoice } from "./mail-choice";
import { membersQuery } from "./member-queries";

export function AddMember({ mails, onClose }: { mails: boolean; onClose: () => void }) {
  const people = useTranslations("people");
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

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name));
    const mail = data.get("mail") ? { mail: { language: text("language") } } : {};
    add.mutate({ name: text("name"), email: text("email"), role: text("role"), ...mail });
  };

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={add.data ? t("added", { name: add.data.member.name }) : t("add")}
        description={add.data ? undefined : t("addText")}
        footer={
          add.data ? (
            <Button variant="primary" onClick={onClose}>
              {common("close")}
            </Button>
          ) : (
            <>
              <Button onClick={onClose}>{common("cancel")}</Button>
              <Button type="submit" form={form} variant="primary" pending={add.isPending}>
                {common("add")}
              </Button>
            </>
          )
        }
      >
        {add.data?.mailed ? (
          <p className="text-soft">{people("mailed", { email: add.data.member.email })}</p>
        ) : add.data ? (
          <div className="grid gap-2">
            <p className="text-soft">
              {t(add.data.expiresAt ? "linkText" : "knownText", { name: add.data.member.name })}
            </p>
            <CopyField value={add.data.link} label={t(add.data.expiresAt ? "link" : "address")} />
            {add.data.expiresAt ? (
              <p className="text-12 text-muted">
                {t("linkEnds")} <ExactTime value={add.data.expiresAt} />
              </p>
            ) : null}
          </div>
        ) : (
          <form id={form} onSubmit={onSubmit} className="grid gap-3">
            {add.isError ? <ErrorNotice error={add.error} /> : null}
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
          </form>
        )}
      </DialogContent>
    </Dialog>
  );
}
