/**
 * Prints what it costs to import some modules, in milliseconds of CPU, in a process that has loaded Nest and the other
 * peers already, as every host has.
 *
 * `node --input-type=module -e "$(cat import-cost.mjs)" <peer>,<peer>,… <module>…`
 */
const [peers, ...modules] = process.argv.slice(1);
for (const name of peers.split(',')) await import(name);
const before = process.cpuUsage();
for (const name of modules) await import(name);
const { user, system } = process.cpuUsage(before);
console.log(Math.round((user + system) / 1000));
