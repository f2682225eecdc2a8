import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MailLanguageCard } from "@/components/tenant/mail-language";
import { Members } from "@/components/tenant/members";
import { mailConfigured } from "@/lib/mail";
import { resolveTenant } from "@/lib/tenancy";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.sections");
  return { title: t("members") };
}

export default async function MembersPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { actor } = await resolveTenant((await params).tenant);
  const mails = mailConfigured();
  return (
    <div className="grid gap-4">
      <Members personId={actor.id} mails={mails} />
      {mails ? <MailLanguageCard /> : null}
    </div>
  );
}
