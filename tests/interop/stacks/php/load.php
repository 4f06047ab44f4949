<?php
// Prints how many of the WSDLs in the arguments have operations for PHP.
$loaded = 0;
foreach (array_slice($argv, 1) as $address) {
    $client = new SoapClient($address, ['cache_wsdl' => WSDL_CACHE_NONE]);
    $loaded += count($client->__getFunctions()) > 0;
}
echo $loaded, "\n";
