# Prints how many of the WSDLs in the arguments become a header of gSOAP with operations.
set -e
loaded=0
for address in "$@"; do
  wsdl2h -o service.h "$address" >/dev/null 2>&1
  grep -q "^int __" service.h && loaded=$((loaded + 1))
done
echo "$loaded"
