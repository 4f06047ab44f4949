#!/bin/sh
# Makes a client of the ?wsdl with gSOAP's two compilers in the current folder, and runs it: campaigns.sh ADDRESS
set -eu
here=$(dirname "$0")
# Without what the operations do not reach, without xsd:any, and without the tools' greetings.
wsdl2h -c++11 -P -O4 -x -o direct.h "$1/v5/campaigns?wsdl" 2>wsdl2h.log || { cat wsdl2h.log >&2; exit 1; }
soapcpp2 -c++11 -j -C -L -w -x direct.h >soapcpp2.log 2>&1 || { cat soapcpp2.log >&2; exit 1; }
# The types are the same from every address and take long to compile: they are kept by what is in them, but for the time.
objects=$here/../../../../.interop
kept=$objects/gsoap-$(cat soapStub.h soapH.h soapC.cpp | sed 's/[0-9-]* [0-9:]* GMT//' | sha256sum | cut -c1-16).o
if [ -f "$kept" ]; then
  object=$kept
else
  g++ -std=c++11 -O0 -w -I. -c -o soapC.o soapC.cpp
  object=soapC.o
  if [ -d "$objects" ]; then cp soapC.o "$kept.$$" && mv "$kept.$$" "$kept"; fi
fi
g++ -std=c++11 -O0 -w -I. -o campaigns "$here/campaigns.cpp" "$object" soapCampaignsSOAPProxy.cpp -lgsoap++
exec ./campaigns "$1"
