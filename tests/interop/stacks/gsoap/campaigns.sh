#!/bin/sh
# Makes a client of the ?wsdl with gSOAP's two compilers in the current folder, and runs it: campaigns.sh ADDRESS
set -eu
here=$(dirname "$0")
# Without what the operations do not reach, without xsd:any, and without the tools' greetings.
wsdl2h -c++11 -P -O4 -x -o direct.h "$1/v5/campaigns?wsdl" 2>wsdl2h.log || { cat wsdl2h.log >&2; exit 1; }
soapcpp2 -c++11 -j -C -L -w -x direct.h >soapcpp2.log 2>&1 || { cat soapcpp2.log >&2; exit 1; }
g++ -std=c++11 -O0 -w -I. -o campaigns "$here/campaigns.cpp" soapC.cpp soapCampaignsSOAPProxy.cpp -lgsoap++
exec ./campaigns "$1"
