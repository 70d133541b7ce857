// The API behind both gateways: a plain server that trusts its gateway and knows nothing of tokens.
import { createServer } from 'node:http';

const orders = [
  { id: 'A-1001', customer: 'Fabrikam', total: 1250.5, currency: 'EUR' },
  { id: 'A-1002', customer: 'Fabrikam', total: 89, currency: 'EUR' },
];

const server = createServer((request, response) => {
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  if (request.method === 'GET' && request.url === '/orders') {
    response.end(JSON.stringify({ orders, caller: request.headers['x-caller'] ?? null }));
    return;
  }
  response.statusCode = 404;
  response.end(JSON.stringify({ error: `there is no ${request.method} ${request.url} here` }));
});

server.listen(Number(process.env.PORT ?? 4010), '127.0.0.1');

// Ends with whoever started it, however that one ends.
process.stdin.on('end', () => process.exit(0)).resume();
