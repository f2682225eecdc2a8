import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Access } from "@/components/tenant/access";
import { GroupRolesCard } from "@/components/tenant/group-roles";
import { resolveTenant } from "@/lib/tenancy";
import { can } from "@/lib/tenancy/contract";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.sections");
  return { title: t("access") };
}

export default async function AccessPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { actor, role } = await resolveTenant((await params).tenant);
  return (
    <div className="grid gap-4">
      <Access personId={actor.id} />
      {can(role, "members:manage") ? <GroupRolesCard /> : null}
    </div>
  );
}
