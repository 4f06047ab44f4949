"""The fast way to read a SOAP response: readers compiled from the shape of the objects that were seen."""
