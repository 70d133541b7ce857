// A load generator in a process of its own, so that its CPU is not the server's.
import { Pool } from 'undici';

interface Order {
  readonly origin: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly connections: number;
  readonly requests: number;
}

process.on('message', async (order: Order) => {
  const pool = new Pool(order.origin, { connections: order.connections, pipelining: 1 });
  const { method, path, headers, body } = order;
  let left = order.requests;
  let failed = 0;
  const one = async () => {
    while (left-- > 0) {
      const response = await pool.request({ method: method as 'GET', path, headers, body });
      await response.body.arrayBuffer();
      if (response.statusCode !== 200) failed++;
    }
  };
  await Promise.all(Array.from({ length: order.connections }, one));
  await pool.close();
  process.send?.({ failed });
});
