// Prints how many of the WSDLs in the arguments have operations for node-soap.
const soap = require('soap');

async function main() {
  let loaded = 0;
  for (const address of process.argv.slice(2)) {
    const client = await soap.createClientAsync(address);
    loaded += Object.keys(client.describe()).length > 0;
  }
  console.log(loaded);
}

main();
