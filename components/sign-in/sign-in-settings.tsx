"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Loaded } from "../http/loaded";
import { useTenant } from "../http/tenant-context";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { CopyField } from "../ui/copy-field";
import { DomainsCard } from "./domains-card";
import { PolicyCard } from "./policy-card";
import { ProviderCard } from "./provider-card";
import { signInQuery } from "./queries";

/** A tenant's own sign-in service: the service, the addresses it answers for, and whether there is another way in. */
export function SignInSettings() {
  const t = useTranslations("sign-in");
  const query = useQuery(signInQuery(useTenant()));
  return (
    <Loaded query={query} rows={8}>
      {(settings) => (
        <>
          <ProviderCard settings={settings} />
          <DomainsCard settings={settings} />
          <PolicyCard key={JSON.stringify(settings.policy)} settings={settings} />
          {settings.provider?.enabled ? (
            <Card>
              <CardHeader>
                <CardTitle>{t("address.title")}</CardTitle>
              </CardHeader>
              <CardBody className="grid gap-2">
                <p className="text-soft">{t("address.text")}</p>
                <CopyField label={t("address.title")} value={settings.signInUrl} />
              </CardBody>
            </Card>
          ) : null}
        </>
      )}
    </Loaded>
  );
}
