"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Me } from "@/lib/tenancy/contract";
import { buttonVariants } from "../ui/button-variants";
import { Card, CardHeader, CardTitle } from "../ui/card";
import { Table, Td, Th, Tr } from "../ui/table";

/** Who one is here: tenants with the role in each, and the password. */
export function Profile({ me }: { me: Me }) {
  const t = useTranslations("account");
  const roles = useTranslations("tenant.roles");
  return (
    <>
      <Card>
        <CardHeader>
          <CardTitle>{t("profile.tenants")}</CardTitle>
        </CardHeader>
        {me.tenants.length === 0 ? (
          <p className="px-4 py-3 text-muted">{t("profile.noTenants")}</p>
        ) : (
          <Table label={t("profile.tenants")}>
            <thead>
              <tr>
                <Th>{t("profile.tenant")}</Th>
                <Th>{t("profile.role")}</Th>
              </tr>
            </thead>
            <tbody>
              {me.tenants.map(({ id, slug, name, role }) => (
                <Tr key={id}>
                  <Td>
                    <Link href={`/${slug}`} className="underline">
                      {name}
                    </Link>
                  </Td>
                  <Td>{roles(role)}</Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        )}
      </Card>
      <Card>
        <CardHeader>
          <CardTitle>{t("profile.password")}</CardTitle>
          <p className="text-12 text-muted">{t(me.hasPassword ? "profile.hasPassword" : "profile.noPassword")}</p>
        </CardHeader>
        <div className="p-4">
          <Link href="/set-password?next=/account" className={buttonVariants()}>
            {t(me.hasPassword ? "profile.changePassword" : "profile.setPassword")}
          </Link>
        </div>
      </Card>
    </>
  );
}
