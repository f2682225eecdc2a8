import { receiveFrom } from "../receive-from";

type Context = { params: Promise<{ path: string[] }> };

const handle = async (request: Request, { params }: Context) => receiveFrom(request, (await params).path);

export { handle as DELETE, handle as GET, handle as POST, handle as PUT };
