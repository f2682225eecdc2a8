"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { invitationSchema, type MemberDto } from "@/lib/tenancy/contract";
import { api } from "../http/api";
import { useFailureToast } from "../http/failure-toast";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { CopyField } from "../ui/copy-field";
import { Dialog, DialogContent } from "../ui/dialog";
import { useToast } from "../ui/toast";
import { mailLanguageQuery, membersQuery } from "./member-queries";

/** Another link for somebody who has not come yet: by mail where there are mails, else shown once. */
export function RenewInvitation({ member, mails }: { member: MemberDto; mails: boolean }) {
  const t = useTranslations("people");
  const settings = useTranslations("settings.members");
  const tenant = useTenant();
  const client = useQueryClient();
  const locale = useLocale();
  const { data: usual } = useQuery(mailLanguageQuery(tenant));
  const { toast } = useToast();
  const renew = useMutation({
    mutationFn: () =>
      api(tenant.endpoint(`members/${member.id}/invitation`), {
        method: "POST",
        // Where the tenant has a language, theirs, then the tenant's: the server knows.
        body: mails ? { mail: usual?.language ? {} : { language: locale } } : {},
        schema: invitationSchema,
      }),
    onSuccess: ({ mailed }) => {
      if (mailed) toast({ title: t("mailed", { email: member.email }) });
    },
    onError: useFailureToast(),
    onSettled: () => client.invalidateQueries({ queryKey: membersQuery(tenant).queryKey }),
  });
  const link = renew.data && !renew.data.mailed ? renew.data.link : null;
  return (
    <>
      <Button
        variant="quiet"
        size="icon-sm"
        aria-label={t(mails ? "resend" : "newLink", { name: member.name })}
        pending={renew.isPending}
        onClick={() => renew.mutate()}
      >
        <Send aria-hidden />
      </Button>
      {link ? (
        <Dialog open onOpenChange={(open) => !open && renew.reset()}>
          <DialogContent title={t("newLinkTitle", { name: member.name })}>
            <div className="grid gap-2">
              <p className="text-soft">{settings("linkText", { name: member.name })}</p>
              <CopyField value={link} label={settings("link")} />
            </div>
          </DialogContent>
        </Dialog>
      ) : null}
    </>
  );
}
