"""A made-up set of descriptions, small enough to see through, and what a test does to it."""

from collections.abc import Mapping

from yadirect_soap.protocol.wsdl import document_set

PETS = """\
<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:tns="http://api.direct.yandex.com/v5/pets"
    xmlns:general="http://api.direct.yandex.com/v5/general" name="Pets"
    targetNamespace="http://api.direct.yandex.com/v5/pets">
  <wsdl:types>
    <xsd:schema targetNamespace="http://api.direct.yandex.com/v5/pets">
      <xsd:import namespace="http://api.direct.yandex.com/v5/general" schemaLocation="general.xsd"/>
      <xsd:simpleType name="KindEnum">
        <xsd:restriction base="xsd:string"><xsd:enumeration value="CAT"/><xsd:enumeration value="DOG"/>
        </xsd:restriction>
      </xsd:simpleType>
      <xsd:simpleType name="SpeciesEnum">
        <xsd:restriction base="xsd:string"><xsd:enumeration value="CAT"/><xsd:enumeration value="DOG"/>
        </xsd:restriction>
      </xsd:simpleType>
      <xsd:complexType name="Pet">
        <xsd:sequence>
          <xsd:element name="Name" type="xsd:string"/>
          <xsd:element name="Kind" type="tns:KindEnum" minOccurs="0"/>
          <xsd:element name="Legs" type="xsd:int" minOccurs="0" nillable="true"/>
          <xsd:element name="Toys" type="xsd:string" minOccurs="0" maxOccurs="5"/>
        </xsd:sequence>
      </xsd:complexType>
      <xsd:complexType name="PetAdd">
        <xsd:sequence>
          <xsd:element name="Name" type="xsd:string"/>
          <xsd:element name="Kind" type="tns:KindEnum" minOccurs="0"/>
          <xsd:element name="Weight" type="xsd:long" minOccurs="0"/>
          <xsd:element name="Tags" type="xsd:string" minOccurs="0" maxOccurs="unbounded"/>
        </xsd:sequence>
      </xsd:complexType>
      <xsd:complexType name="Stray">
        <xsd:sequence><xsd:element name="Name" type="xsd:string"/></xsd:sequence>
      </xsd:complexType>
      <xsd:element name="AddRequest">
        <xsd:complexType>
          <xsd:sequence><xsd:element name="Pets" type="tns:PetAdd" maxOccurs="unbounded"/></xsd:sequence>
        </xsd:complexType>
      </xsd:element>
      <xsd:element name="AddResponse">
        <xsd:complexType>
          <xsd:sequence><xsd:element name="Done" type="general:YesNoEnum" minOccurs="0"/></xsd:sequence>
        </xsd:complexType>
      </xsd:element>
      <xsd:element name="GetRequest">
        <xsd:complexType>
          <xsd:complexContent>
            <xsd:extension base="general:Paged"/>
          </xsd:complexContent>
        </xsd:complexType>
      </xsd:element>
      <xsd:element name="GetResponse">
        <xsd:complexType>
          <xsd:sequence><xsd:element name="Pets" type="tns:Pet" minOccurs="0" maxOccurs="unbounded"/></xsd:sequence>
        </xsd:complexType>
      </xsd:element>
    </xsd:schema>
  </wsdl:types>
  <wsdl:message name="AddIn"><wsdl:part name="parameters" element="tns:AddRequest"/></wsdl:message>
  <wsdl:message name="AddOut"><wsdl:part name="parameters" element="tns:AddResponse"/></wsdl:message>
  <wsdl:message name="GetIn"><wsdl:part name="parameters" element="tns:GetRequest"/></wsdl:message>
  <wsdl:message name="GetOut"><wsdl:part name="parameters" element="tns:GetResponse"/></wsdl:message>
  <wsdl:message name="Failed"><wsdl:part name="fault" element="general:Fault"/></wsdl:message>
  <wsdl:portType name="PetsPort">
    <wsdl:operation name="add">
      <wsdl:input message="tns:AddIn"/><wsdl:output message="tns:AddOut"/>
      <wsdl:fault name="Failed" message="tns:Failed"/>
    </wsdl:operation>
    <wsdl:operation name="get"><wsdl:input message="tns:GetIn"/><wsdl:output message="tns:GetOut"/></wsdl:operation>
  </wsdl:portType>
  <wsdl:binding name="PetsBinding" type="tns:PetsPort">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <wsdl:operation name="add">
      <soap:operation soapAction="urn:add"/>
      <wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output>
      <wsdl:fault name="Failed"><soap:fault name="Failed" use="literal"/></wsdl:fault>
    </wsdl:operation>
    <wsdl:operation name="get">
      <soap:operation soapAction="urn:get"/>
      <wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output>
    </wsdl:operation>
  </wsdl:binding>
  <wsdl:service name="Pets">
    <wsdl:port name="PetsSOAP" binding="tns:PetsBinding"><soap:address location="https://soap.example/v5/pets"/></wsdl:port>
  </wsdl:service>
</wsdl:definitions>
"""
GENERAL = """\
<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:tns="http://api.direct.yandex.com/v5/general"
    targetNamespace="http://api.direct.yandex.com/v5/general">
  <xsd:simpleType name="YesNoEnum">
    <xsd:restriction base="xsd:string"><xsd:enumeration value="YES"/><xsd:enumeration value="NO"/></xsd:restriction>
  </xsd:simpleType>
  <xsd:complexType name="Paged">
    <xsd:sequence><xsd:element name="Limit" type="xsd:long" minOccurs="0"/></xsd:sequence>
  </xsd:complexType>
  <xsd:complexType name="Paging">
    <xsd:sequence><xsd:element name="Limit" type="xsd:long" minOccurs="0"/></xsd:sequence>
  </xsd:complexType>
  <xsd:element name="Fault">
    <xsd:complexType>
      <xsd:sequence><xsd:element name="errorCode" type="xsd:int"/></xsd:sequence>
    </xsd:complexType>
  </xsd:element>
</xsd:schema>
"""
DOCUMENTS: Mapping[str, str] = {"pets.wsdl": PETS, "general.xsd": GENERAL}


def read(documents: Mapping[str, str] = DOCUMENTS) -> document_set.DocumentSet:
    """A set of these documents, seen to be whole."""
    read_documents = {file: document_set.read_member(file, text.encode()) for file, text in documents.items()}
    document_set.check(read_documents)
    return read_documents


def altered(*replacements: tuple[str, str]) -> dict[str, str]:
    """The documents with each text, which must be there, replaced by another wherever it stands."""
    documents = dict(DOCUMENTS)
    for old, new in replacements:
        assert any(old in text for text in documents.values()), old
        documents = {file: text.replace(old, new) for file, text in documents.items()}
    return documents
