import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache, type ReactNode } from "react";
import { TenantProvider } from "@/components/http/tenant-context";
import { SuspendedBanner } from "@/components/plan/suspended-banner";
import { BreakGlassBanner } from "@/components/sign-in/break-glass-banner";
import { Shell } from "@/components/tenant/shell";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { currentMe, ownGrants, planOf, resolveTenant } from "@/lib/tenancy";
import { permissionsOf } from "@/lib/tenancy/contract";
import { leadToSignIn } from "../lead-to-sign-in";

type Props = { children: ReactNode; params: Promise<{ tenant: string }> };

/** A tenant that does not exist and one that is not yours look the same. */
const enter = cache(async (slug: string) => {
  try {
    return await Promise.all([resolveTenant(slug), currentMe()]);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const path = (await headers()).get("x-path") ?? `/${slug}`;
    leadToSignIn(error, path);
    if (error.code === "sso_required") {
      redirect(`/sign-in?tenant=${slug}&next=${encodeURIComponent(path)}`);
    }
    if (error.code === "not_found" || error.code === "forbidden") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  const [ctx] = await enter((await params).tenant);
  return { title: { default: ctx.tenantName, template: `%s · ${ctx.tenantName} · Signalbox` } };
}

export default async function TenantLayout({ children, params }: Props) {
  const [ctx, me] = await enter((await params).tenant);
  const [plan, grants] = await Promise.all([planOf(ctx.tenantId), ownGrants(ctx)]);
  return (
    <TenantProvider
      slug={ctx.tenantSlug}
      name={ctx.tenantName}
      role={ctx.role}
      permissions={permissionsOf(ctx.role)}
      grants={grants}
    >
      <Shell me={me}>
        {ctx.breakGlass ? <BreakGlassBanner /> : null}
        {plan.state === "suspended" ? <SuspendedBanner reason={plan.reason} contact={env().OPERATOR_CONTACT} /> : null}
        {children}
      </Shell>
    </TenantProvider>
  );
}
