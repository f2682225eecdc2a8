"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Loaded } from "../http/loaded";
import { useTenant } from "../http/tenant-context";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { signInTestQuery } from "./queries";
import { TestResult } from "./test-result";

/** Where the provider's answer lands; the window that began the test shows the same. */
export function Tested({ id }: { id: string }) {
  const t = useTranslations("sign-in.test");
  const query = useQuery(signInTestQuery(useTenant(), id));
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardBody className="grid gap-3">
        <Loaded query={query}>
          {({ outcome }) => (outcome ? <TestResult outcome={outcome} /> : <p>{t("over")}</p>)}
        </Loaded>
        <p className="text-soft">{t("close")}</p>
      </CardBody>
    </Card>
  );
}
