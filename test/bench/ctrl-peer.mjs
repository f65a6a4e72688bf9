import { createServer } from "node:net";
import { parentPort, workerData } from "node:worker_threads";

// Speaks as XMail does: the status line and each line of a list are separate writes on a socket without TCP_NODELAY.
const { users } = workerData;
const OK = "+00000 OK\r\n";

function answer(socket, line) {
  if (line.startsWith('"uservars"')) {
    socket.write("+00100 OK\r\n");
    for (const name of ["RealName", "HomePage", "MaxMBSize", "SmtpPerms"])
      socket.write(`"${name}"\t"value of ${name}"\r\n`);
    socket.write(".\r\n");
  } else if (line.startsWith('"userlist"')) {
    socket.write("+00100 OK\r\n");
    if (line.includes('"*"')) socket.write(users.join(""));
    else for (const user of users) socket.write(user);
    socket.write(".\r\n");
  } else {
    socket.write(OK);
  }
}

const server = createServer((socket) => {
  let rest = "";
  socket.setNoDelay(false);
  socket.on("error", () => undefined);
  socket.write("+00000 <1.2@127.0.0.1> XMail 1.27 CTRL Server; Tue, 24 Nov 2026 08:13:11 -0000\r\n");
  socket.on("data", (chunk) => {
    rest += chunk.toString("latin1");
    for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
      answer(socket, rest.slice(0, end));
      rest = rest.slice(end + 1);
    }
  });
});
server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
