"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Loaded } from "../http/loaded";
import { useTenant } from "../http/tenant-context";
import { Room } from "../plan/room";
import { Tag } from "../ui/badge";
import { Button } from "../ui/button";
import { Card, CardAside, CardHeader, CardTitle } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { NewToken } from "./new-token";
import { tokensQuery } from "./queries";
import { TokenPolicy } from "./token-policy";
import { TokenTable } from "./token-table";

/** The tokens of the tenant, as far as the person who looks may see them. */
export function Tokens() {
  const t = useTranslations("tokens");
  const tenant = useTenant();
  const query = useQuery(tokensQuery(tenant));
  const [adding, setAdding] = useState(false);
  const manages = tenant.can("tokens:manage");
  const { data } = query;
  return (
    <div className="grid gap-4">
      <Card>
        <CardHeader>
          <CardTitle>{t("title")}</CardTitle>
          <CardAside>
            {data ? <span>{t("count", { count: data.tokens.length })}</span> : null}
            <Room quota="apiRate" />
            <Button size="sm" disabled={!data?.available} onClick={() => setAdding(true)}>
              <Plus aria-hidden />
              {t("add")}
            </Button>
          </CardAside>
        </CardHeader>
        <p className="border-b px-4 py-2 text-soft">{t(manages ? "leadAll" : "leadOwn")}</p>
        {data?.available === false ? <p className="border-b px-4 py-2">{t("notInPlan")}</p> : null}
        <Loaded query={query} className="m-4">
          {({ tokens }) =>
            tokens.length === 0 ? (
              <EmptyState icon={KeyRound} title={t("none")}>
                {t("noneText")}
              </EmptyState>
            ) : (
              <TokenTable
                tokens={tokens.map((token) => ({ ...token, path: tenant.endpoint(`tokens/${token.id}`) }))}
                queryKey={tokensQuery(tenant).queryKey}
                whose={t("whose")}
                owner={(token) =>
                  token.person ? (
                    <>
                      {token.person.name ?? t("unknownPerson")} {token.own ? <Tag>{t("you")}</Tag> : null}
                    </>
                  ) : (
                    <Tag>{t("service")}</Tag>
                  )
                }
              />
            )
          }
        </Loaded>
      </Card>
      {data && tenant.can("tenant:settings") ? <TokenPolicy key={data.maxDays} maxDays={data.maxDays} /> : null}
      {adding && data ? (
        <NewToken grantable={data.grantable} maxDays={data.maxDays} onClose={() => setAdding(false)} />
      ) : null}
    </div>
  );
}
