"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Loaded } from "../http/loaded";
import { Enrolment } from "./enrolment";
import { secondFactorQuery } from "./queries";

/** Tenants demand a second factor, or the installation does (`null`), and there is none yet: sets the first one up, then goes on. */
export function Demanded({ tenants, next }: { tenants: readonly string[] | null; next: string }) {
  const t = useTranslations("second-factor");
  const router = useRouter();
  const query = useQuery(secondFactorQuery());
  const onDone = () => {
    router.replace(next);
    router.refresh();
  };
  return (
    <>
      <div>
        <h1 className="text-24 font-semibold">{t("demanded.title")}</h1>
        <p className="mt-1 text-soft">
          {tenants ? t("demanded.text", { tenants: tenants.join(", ") }) : t("demanded.everybody")}
        </p>
      </div>
      <Loaded query={query} rows={3}>
        {({ passkeys }) => <Enrolment passkeys={passkeys} onDone={onDone} />}
      </Loaded>
    </>
  );
}
