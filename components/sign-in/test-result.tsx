"use client";

import { useTranslations } from "next-intl";
import type { TestOutcome } from "@/lib/tenancy/sign-in/contract";
import { Notice } from "../ui/severity";

/** What came back: the claims as they are, and what they would give. */
export function TestResult({ outcome: { claims, role, problem, detail } }: { outcome: TestOutcome }) {
  const t = useTranslations("sign-in.test");
  const roles = useTranslations("tenant.roles");
  return (
    <div className="grid gap-2">
      <Notice
        level={problem ? "warning" : "success"}
        title={problem ? t(`problem.${problem}`) : t("passed", { role: role ? roles(role) : "" })}
      >
        {detail || null}
      </Notice>
      {Object.keys(claims).length > 0 ? (
        <table className="w-full border-collapse text-12">
          <caption className="pb-1 text-left text-12 text-muted">{t("claims")}</caption>
          <tbody>
            {Object.entries(claims).map(([name, value]) => (
              <tr key={name} className="border-b last:border-0">
                <th scope="row" className="py-1 pr-4 text-left align-top font-mono font-normal text-soft">
                  {name}
                </th>
                <td className="py-1 font-mono [overflow-wrap:anywhere]">{JSON.stringify(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </div>
  );
}
