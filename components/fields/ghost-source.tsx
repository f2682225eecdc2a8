import { useTranslations } from "next-intl";
import type { Ghost } from "./environment";

/** Where a value comes from that the field does not set: "from global (slack_api_url):". */
export function GhostSource({ ghost }: { ghost: Ghost }) {
  const t = useTranslations("fields");
  if (ghost.from === "above") return t("inherited", { source: ghost.source });
  return ghost.from === "global" ? t("fromGlobal", { key: ghost.key }) : t("default");
}
