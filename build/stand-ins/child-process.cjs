// node:child_process, loaded when a program is started: most runs start none, and it takes longest of node's modules.
const lately =
  (name) =>
  (...args) =>
    require("node:child_process")[name](...args);
module.exports = { execFile: lately("execFile"), spawn: lately("spawn"), spawnSync: lately("spawnSync") };
