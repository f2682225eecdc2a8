import { z } from "zod";
import { query } from "../query";

export const countMembers = query(
  { name: "count-members", permission: "members:view", directory: true, input: z.undefined() },
  (tx) => tx.membership.count(),
);
