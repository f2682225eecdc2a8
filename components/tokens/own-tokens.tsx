"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Loaded } from "../http/loaded";
import { Card, CardHeader, CardTitle } from "../ui/card";
import { ownTokensQuery } from "./queries";
import { TokenTable } from "./token-table";

/** One's own tokens, wherever they are for. */
export function OwnTokens() {
  const t = useTranslations("tokens");
  const query = useQuery(ownTokensQuery());
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <p className="text-12 text-muted">{t("leadAccount")}</p>
      </CardHeader>
      <Loaded query={query} rows={2} className="m-4">
        {(tokens) =>
          tokens.length === 0 ? (
            <p className="px-4 py-3 text-muted">{t("none")}</p>
          ) : (
            <TokenTable
              tokens={tokens.map((token) => ({ ...token, path: `/api/${token.tenant.slug}/tokens/${token.id}` }))}
              queryKey={ownTokensQuery().queryKey}
              whose={t("tenant")}
              owner={({ tenant }) => (
                <Link href={`/${tenant.slug}/settings/tokens`} className="underline">
                  {tenant.name}
                </Link>
              )}
            />
          )
        }
      </Loaded>
    </Card>
  );
}
