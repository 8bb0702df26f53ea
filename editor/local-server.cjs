// Decap's local server, at a socket that only this user reaches, for as long as the process that started it lives: its standard input ends then.
// Arguments: the socket, the server's script.
"use strict";
const net = require("node:net");
const [socket, script] = process.argv.slice(2);
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...given) {
  return listen.call(this, socket, given.find((one) => typeof one === "function"));
};
process.stdin.on("end", () => process.exit()).on("error", () => process.exit()).resume();
require(script);
