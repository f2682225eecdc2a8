import { deleteReceiver, saveReceiver } from "@/lib/configuration";
import { receiverShapeSchema } from "@/lib/configuration/contract";
import { tenantRoute } from "../../../../tenant-route";

const pattern = "/changes/{id}/receivers/{receiver}";

export const PUT = tenantRoute(pattern, ({ ctx, params, body, requiredVersion }) =>
  saveReceiver(
    ctx,
    { id: params.id ?? "", receiverId: params.receiver ?? "", receiver: receiverShapeSchema.parse(body) },
    requiredVersion(),
  ),
);
export const DELETE = tenantRoute(pattern, ({ ctx, params, requiredVersion }) =>
  deleteReceiver(ctx, { id: params.id ?? "", receiverId: params.receiver ?? "" }, requiredVersion()),
);
