// Serves the drawing page, the dashboards, and Prometheus from one address: serve.mjs PORT PROMETHEUS FOLDER, in the folder of out.js.
import http from 'node:http'; import fs from 'node:fs';
const [port, prom, dir] = process.argv.slice(2);
http.createServer(async (req, res) => {
  const u = new URL(req.url, 'http://x');
  if (u.pathname.startsWith('/api/')) { const r = await fetch(prom + req.url); res.writeHead(r.status, { 'content-type': 'application/json' }); res.end(await r.text()); return; }
  if (u.pathname.startsWith('/dashboard/')) { res.end(fs.readFileSync(dir + '/' + u.pathname.slice(11).replace(/[^a-z-]/g, '') + '.json')); return; }
  if (u.pathname === '/out.js' || u.pathname === '/out.css') { res.writeHead(200, { 'content-type': u.pathname.endsWith('js') ? 'text/javascript' : 'text/css' }); res.end(fs.readFileSync('.' + u.pathname)); return; }
  res.writeHead(200, { 'content-type': 'text/html' }); res.end('<!doctype html><meta charset=utf-8><link rel=stylesheet href=/out.css><style>*{box-sizing:border-box}button{color:inherit;font:inherit;background:none;border:0}body{margin:0;color:#ccccdc;font:14px DejaVu Sans}</style><body><div id=root></div><script>window.grafanaBootData={settings:{featureToggles:{}},user:{}};window.process={env:{}}</script><script src=/out.js></script>');
}).listen(+port, '127.0.0.1');
