"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { Quota } from "@/lib/tenancy/tiers/contract";
import { useTenant } from "../http/tenant-context";
import { cn } from "../ui/cn";
import { planQuery } from "./queries";

const TOLD_FROM = 0.8;

export interface RoomLeft {
  used: number;
  limit: number;
  /** From 80 % on. */
  tight: boolean;
  full: boolean;
}

/** How much room there is for more of something; `null` while it is not known, or without a limit. */
export function useRoom(quota: Quota, used?: number): (RoomLeft & { contact: string }) | null {
  const { data } = useQuery(planQuery(useTenant()));
  const use = data?.uses[quota];
  if (!data || !use) return null;
  const room = roomOf(used ?? use.used, use.limit);
  return room && { ...room, contact: data.contact };
}

export function roomOf(used: number | null, limit: number | null): RoomLeft | null {
  if (used === null || limit === null) return null;
  return { used, limit, tight: used >= limit * TOLD_FROM, full: used >= limit };
}

/** "18 of 20 receivers", before it hurts; at the limit also whom to ask. */
export function Room({ quota, used, className }: { quota: Quota; used?: number; className?: string }) {
  const t = useTranslations("plan");
  const room = useRoom(quota, used);
  if (!room?.tight) return null;
  const text = t("room", { used: room.used, limit: room.limit, what: t(`quota.${quota}`) });
  return (
    <span role="status" className={cn("text-12", room.full ? "text-warning" : "text-muted", className)}>
      {room.full ? t("full", { text, contact: room.contact }) : text}
    </span>
  );
}
