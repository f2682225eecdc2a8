import { respond } from "@/app/api/problem";
import { deleteTarget } from "@/lib/targets";
import { resolveOperator } from "@/lib/tenancy";

export function DELETE(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(request, "/api/platform/targets/{id}", async (requestId) => {
    const { personId } = await resolveOperator();
    await deleteTarget({ id: personId, requestId }, (await params).id);
  });
}
