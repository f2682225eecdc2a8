"use client";

import { useQuery } from "@tanstack/react-query";
import { Building2, Plus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryState } from "nuqs";
import { useDeferredValue, useState } from "react";
import { type ListedTenant, TENANT_STATES, TIERS } from "@/lib/tenancy/tiers/contract";
import { Loaded } from "../http/loaded";
import { Button } from "../ui/button";
import { Card, CardAside, CardBody, CardHeader, CardTitle } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { SearchInput } from "../ui/search-input";
import { Select } from "../ui/select";
import { Table, Td, Th, Tr } from "../ui/table";
import { RelativeTime } from "../ui/time";
import { NewTenant } from "./new-tenant";
import { Pager } from "./pager";
import { tenantsQuery } from "./queries";
import { StateTag } from "./state-tag";

const SIZE = 50;

export function Tenants() {
  const t = useTranslations("platform.tenants");
  const [adding, setAdding] = useState(false);
  const [search, setSearch] = useQueryState("q", parseAsString.withDefault("").withOptions({ throttleMs: 300 }));
  const [state, setState] = useQueryState("state", parseAsStringLiteral(TENANT_STATES));
  const [tier, setTier] = useQueryState("tier", parseAsStringLiteral(TIERS));
  const [page, setPage] = useQueryState("page", parseAsInteger.withDefault(1));
  const wanted = useDeferredValue(search.trim());
  const query = useQuery(
    tenantsQuery({ search: wanted, state: state ?? undefined, tier: tier ?? undefined, page, size: SIZE }),
  );
  const first = () => void setPage(null);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardAside>
          {query.data ? <span>{t("count", { count: query.data.total })}</span> : null}
          <Button size="sm" onClick={() => setAdding(true)}>
            <Plus aria-hidden />
            {t("add")}
          </Button>
        </CardAside>
      </CardHeader>
      <CardBody className="flex flex-wrap gap-2 border-b">
        <SearchInput
          className="min-w-56 flex-1"
          label={t("search")}
          value={search}
          onChange={(text) => {
            void setSearch(text || null);
            first();
          }}
        />
        <StateChoice value={state} onChange={(next) => void setState(next).then(first)} />
        <TierChoice value={tier} onChange={(next) => void setTier(next).then(first)} />
      </CardBody>
      <Loaded query={query} className="m-4">
        {({ tenants, total }) =>
          total === 0 ? (
            <EmptyState icon={Building2} title={t(wanted || state || tier ? "nothingFound" : "none")}>
              {wanted || state || tier ? null : t("noneText")}
            </EmptyState>
          ) : (
            <>
              <TenantTable tenants={tenants} />
              <Pager page={page} pages={Math.ceil(total / SIZE)} onPage={(next) => void setPage(next)} />
            </>
          )
        }
      </Loaded>
      {adding ? <NewTenant onClose={() => setAdding(false)} /> : null}
    </Card>
  );
}

function TenantTable({ tenants }: { tenants: readonly ListedTenant[] }) {
  const t = useTranslations("platform.tenants");
  const plan = useTranslations("plan");
  const levels = useTranslations("platform.levels");
  return (
    <Table label={t("title")}>
      <thead>
        <tr>
          <Th>{t("name")}</Th>
          <Th>{t("slug")}</Th>
          <Th>{t("tier")}</Th>
          <Th>{t("state")}</Th>
          <Th>{t("level")}</Th>
          <Th numeric>{t("members")}</Th>
          <Th numeric>{t("since")}</Th>
        </tr>
      </thead>
      <tbody>
        {tenants.map((tenant) => (
          <Tr key={tenant.id}>
            <Td className="font-medium">
              <Link className="link" href={`/platform/tenants/${tenant.id}`}>
                {tenant.name}
              </Link>
            </Td>
            <Td className="font-mono text-12">/{tenant.slug}</Td>
            <Td>{plan(`tier.${tenant.tier}`)}</Td>
            <Td>
              <StateTag state={tenant.state} />
            </Td>
            <Td className="text-soft">{levels(tenant.level)}</Td>
            <Td numeric>{tenant.members}</Td>
            <Td numeric className="text-soft">
              <RelativeTime value={tenant.createdAt} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

type Choice<Value> = { value: Value | null; onChange: (value: Value | null) => void };

function StateChoice({ value, onChange }: Choice<(typeof TENANT_STATES)[number]>) {
  const t = useTranslations("platform.tenants");
  const states = useTranslations("platform.states");
  return (
    <Select
      className="w-auto"
      aria-label={t("state")}
      value={value ?? ""}
      onChange={(event) => onChange(TENANT_STATES.find((known) => known === event.target.value) ?? null)}
    >
      <option value="">{t("anyState")}</option>
      {TENANT_STATES.map((state) => (
        <option key={state} value={state}>
          {states(state)}
        </option>
      ))}
    </Select>
  );
}

function TierChoice({ value, onChange }: Choice<(typeof TIERS)[number]>) {
  const t = useTranslations("platform.tenants");
  const plan = useTranslations("plan");
  return (
    <Select
      className="w-auto"
      aria-label={t("tier")}
      value={value ?? ""}
      onChange={(event) => onChange(TIERS.find((known) => known === event.target.value) ?? null)}
    >
      <option value="">{t("anyTier")}</option>
      {TIERS.map((tier) => (
        <option key={tier} value={tier}>
          {plan(`tier.${tier}`)}
        </option>
      ))}
    </Select>
  );
}
