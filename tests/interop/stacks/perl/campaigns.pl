# The steps of script.py with SOAP::Lite: one JSON line a step.
#
# Its stubs made from a ?wsdl put the parameters into an element named after the operation, which a document style
# service does not take.  So the address, the action and the order of the elements stand here, as everywhere where
# this API is called with SOAP::Lite.
use strict;
use warnings;
use utf8;

use JSON::PP;
use SOAP::Lite;

my $NAMESPACE = 'http://api.direct.yandex.com/v5/campaigns';
my $JSON      = JSON::PP->new->utf8->canonical;

sub client {
    my ($address, $token) = @_;
    my $client = SOAP::Lite->proxy("$address/v5/campaigns")->autotype(0)->readable(0);
    $client->transport->http_request->header(Authorization => "Bearer $token");
    return $client;
}

# An element: a list is the element repeated, pairs are its children in their order, undef is nil.
sub element {
    my ($name, $value) = @_;
    return map { element($name, $_) } @$value if ref $value eq 'ARRAY';
    return SOAP::Data->name($name)->attr({ 'xsi:nil' => 'true' })->value(undef) unless defined $value;
    return SOAP::Data->name($name => \SOAP::Data->value(elements(@{ $value->{pairs} }))) if ref $value eq 'HASH';
    return SOAP::Data->name($name)->type(string => $value);
}

sub elements {
    my @pairs = @_;
    my @made;
    while (my ($name, $value) = splice @pairs, 0, 2) { push @made, element($name, $value) }
    return @made;
}

sub object { return { pairs => [@_] } }

# Calls an operation; the outcome is a SOAP::SOM, of a result or of a fault.
sub call {
    my ($client, $operation, @params) = @_;
    $client->on_action(sub { qq("$NAMESPACE/$operation") });
    # Prefixed, since the elements inside the request have no namespace.
    my $request = SOAP::Data->name("d:\u${operation}Request")->attr({ 'xmlns:d' => $NAMESPACE });
    return $client->call($request, elements(@params));
}

# In the objects that SOAP::Lite makes, the last of repeated elements is left.  Paths give all of them.
sub campaigns {
    my ($found) = @_;
    my @read;
    my @all = $found->valueof('//Campaigns');
    for my $number (1 .. @all) {
        my $place    = "//GetResponse/[$number]";
        my $campaign = $found->valueof($place);
        my ($negative, $settings) = ("$place/NegativeKeywords/Items", "$place/TextCampaign/Settings");
        $campaign->{NegativeKeywords}{Items} = [ $found->valueof($negative) ] if $found->match($negative);
        $campaign->{TextCampaign}{Settings}  = [ $found->valueof($settings) ] if $found->match($settings);
        push @read, $campaign;
    }
    return { Campaigns => \@read };
}

sub outcomes {
    my ($found) = @_;
    my @read;
    my @all = $found->paramsall;
    for my $number (1 .. @all) {
        my $place   = "//Body/[1]/[$number]";
        my $outcome = $found->valueof($place);
        $outcome->{Errors} = [ $found->valueof("$place/Errors") ] if $found->match("$place/Errors");
        push @read, $outcome;
    }
    return \@read;
}

sub say_step {
    my ($step, $result) = @_;
    print $JSON->encode({ step => $step, result => $result }), "\n";
}

sub refused {
    my ($found) = @_;
    die "no fault\n" unless $found->fault;
    my $detail = $found->faultdetail->{FaultResponse};
    return { text => $found->faultstring, code => $detail->{errorCode}, detail => $detail->{errorDetail} };
}

sub pages {
    my ($campaigns) = @_;
    my @ids;
    my $offset = 0;
    while (defined $offset) {
        my $found = call($campaigns, 'get', FieldNames => 'Id', Page => object(Limit => 3, Offset => $offset));
        push @ids, $found->valueof('//Campaigns/Id');
        $offset = $found->valueof('//LimitedBy');
    }
    return \@ids;
}

my ($address) = @ARGV;
my $campaigns = client($address, 'demo-token');
my $one       = object(Ids => [700000001]);

my $fields = [qw(Id Name StartDate EndDate DailyBudget NegativeKeywords)];
my @wanted = (SelectionCriteria => $one, FieldNames => $fields, TextCampaignFieldNames => ['Settings']);
say_step('get', campaigns(call($campaigns, 'get', @wanted)));

my $added = outcomes(call($campaigns, 'add', Campaigns => [
    object(Name => 'Скамейки & <столы>', StartDate => '2026-10-01', TextCampaign => object()),
    object(Name => 'Прошлогодняя', StartDate => '2025-10-01', TextCampaign => object()),
]));
say_step('add', $added);

my @renamed = (object(Id => 700000001, Name => 'Новая'), object(Id => 1, Name => 'Нет такой'));
say_step('update', outcomes(call($campaigns, 'update', Campaigns => \@renamed)));

call($campaigns, 'update', Campaigns => object(Id => 700000001, DailyBudget => undef));
my @read = (SelectionCriteria => $one, FieldNames => [qw(Id Name DailyBudget)]);
say_step('clear', campaigns(call($campaigns, 'get', @read)));

my $ids = [$added->[0]{Id}, 1];
say_step('delete', outcomes(call($campaigns, 'delete', SelectionCriteria => object(Ids => $ids))));

say_step('fault', refused(call($campaigns, 'get', FieldNames => 'Id', Page => object(Limit => 10001))));
say_step('token', refused(call(client($address, 'nobodys'), 'get', FieldNames => 'Id')));
say_step('pages', pages($campaigns));
