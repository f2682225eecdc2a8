"use client";

import { useQuery } from "@tanstack/react-query";
import { Bell as BellIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useTenant } from "../http/tenant-context";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { late, useLate, wantEarly } from "../ui/late";
import { noticesQuery } from "./queries";

const panel = late(async () => (await import("./notice-panel")).NoticePanel);

/** How many notices nobody has read yet, on every page; the list comes when it is asked for. */
export function Bell() {
  const t = useTranslations("notices");
  const tenant = useTenant();
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const Panel = useLate(panel);
  const { data } = useQuery(noticesQuery(tenant));
  const unread = data?.unread ?? 0;
  return (
    <>
      <Button
        ref={trigger}
        variant="quiet"
        size={unread > 0 ? "md" : "icon"}
        aria-label={unread > 0 ? t("bellUnread", { count: unread }) : t("bell")}
        aria-haspopup="dialog"
        {...wantEarly(panel)}
        onClick={() => {
          panel.want();
          setOpen(true);
        }}
      >
        <BellIcon aria-hidden />
        {unread > 0 ? <Badge aria-hidden>{unread}</Badge> : null}
      </Button>
      {Panel && open ? <Panel trigger={trigger} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
