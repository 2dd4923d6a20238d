const { createServer } = require('node:http'); const {randomUUID}=require('crypto'); const body=Buffer.from('张'.repeat(2582)); const lat=body.toString('latin1'); const etag='"H4e1iXzPXnhdRqm5XLS5n6"';
const H={'content-type':'application/json; charset=utf-8','cache-control':'public, max-age=60','x-content-type-options':'nosniff','x-robots-tag':'noindex','access-control-allow-origin':'*'};
const F=Object.entries(H).flat();
const modes={min:(i,o)=>{o.writeHead(200,{'content-type':'application/json','content-length':body.length,etag,'cache-control':'public, max-age=60'});o.end(body)},
 full:(i,o)=>{o.writeHead(200,{...H,'content-length':body.length,etag,'x-request-id':randomUUID()});o.end(body)},
 latin:(i,o)=>{o.writeHead(200,{...H,'content-length':body.length,etag,'x-request-id':randomUUID()});o.end(lat,'latin1')},
 slice:(i,o)=>{o.writeHead(200,[...F,'content-length',body.length,'etag',etag,'x-request-id',randomUUID()]);o.end(body.latin1Slice(),'latin1')},
 minlatin:(i,o)=>{o.writeHead(200,{'content-type':'application/json','content-length':body.length,etag,'cache-control':'public, max-age=60'});o.end(lat,'latin1')},};
createServer(modes[process.argv[2]]).listen(0,'127.0.0.1',function(){process.send({url:'http://127.0.0.1:'+this.address().port})});
process.on('message',m=>m.stop?process.exit(0):process.send({cpu:process.cpuUsage()}));
